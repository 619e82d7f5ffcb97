// Flags of every command that sends a crowd: what is asked for and how long, how connections are made, who may be loaded, and the hard caps.
import type { Command } from 'commander'
import { countFlag, durationFlag, gather, httpFlag, metricsOption, rateFlag } from './flags.ts'

const defaultMostShoppers = 50_000

export function addRequest(command: Command): Command {
  return command
    .option('-H, --header <header>', 'a header for every request, "name: value" (repeatable)', gather, [])
    .addOption(metricsOption())
    .option('-X, --method <verb>', 'with a URL: GET, POST, PUT, PATCH, DELETE or HEAD')
    .option('-b, --body <text>', 'with a URL: request body (POST unless -X says otherwise)')
    .option('--timeout <time>', 'deadline of a whole request (default 10s)', durationFlag('--timeout'))
    .option('--connect-timeout <time>', 'deadline of opening a connection, TLS included (default 5s)', durationFlag('--connect-timeout'))
    .option('--first-byte-timeout <time>', "deadline of an answer's first byte (default: none)", durationFlag('--first-byte-timeout'))
    .option('--drain <time>', 'how long shoppers under way may go on after the last arrival (default 10s)', durationFlag('--drain', true))
}

export function addWay(command: Command): Command {
  return command
    .option('--http <version>', 'version of HTTP, 1 or 2 (over TLS only; the server must speak it)', httpFlag)
    .option('--connect-to <route>', 'connect elsewhere, "host:port:address:port", parts may be empty (repeatable)', gather, [])
    .option('--local-address <ip>', 'address of this machine to connect from; several are taken in turn (repeatable)', gather, [])
    .option('--proxy <url>', 'http or https proxy for everything (default: HTTPS_PROXY or HTTP_PROXY, never for this machine)')
    .option('--insecure', 'do not check TLS certificates')
    .option('--cacert <file>', 'PEM file of authorities to trust in place of the usual ones')
    .option('--cert <file>', 'PEM file of our own certificate, and perhaps its key')
    .option('--key <file>', 'PEM file of its key (passphrase: DOORBUSTER_KEY_PASSPHRASE)')
    .option('--tls-resume', 'take up TLS sessions again (default: every new connection is a whole handshake)')
    .option('--allow <file>', 'hosts that may be loaded (default: doorbuster.allow.json)')
    .option('--max-rate <rate>', 'hard cap on requests per second', rateFlag('--max-rate'))
    .option('--max-sockets <n>', 'hard cap on open sockets', countFlag('--max-sockets'))
    .option('--max-duration <time>', 'hard cap on the length of the run', durationFlag('--max-duration'))
    .option(
      '--max-shoppers <n>',
      'most shoppers under way at once; beyond it arrivals are counted as dropped',
      countFlag('--max-shoppers'),
      defaultMostShoppers,
    )
}
