// What is looked for on every metrics page, by name. Names of well-known exporters; what a page does not have is left out.
// node_exporter: https://github.com/prometheus/node_exporter · process_*: https://prometheus.io/docs/instrumenting/writing_clientlibs/

/** Each as parseSeries reads it. */
export const usualSeries: Readonly<Record<string, string>> = {
  cpu: '1 - node_cpu_seconds_total{mode="idle|iowait"} / node_cpu_seconds_total',
  memory: '1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes',
  load: 'node_load1',
  disk: 'max node_disk_io_time_seconds_total of 1',
  'network-in': 'node_network_receive_bytes_total{device!="lo"}',
  'network-out': 'node_network_transmit_bytes_total{device!="lo"}',
  'tcp-connections': 'node_netstat_Tcp_CurrEstab',
  'listen-overflows': 'rate node_netstat_TcpExt_ListenOverflows',
  conntrack: 'node_nf_conntrack_entries / node_nf_conntrack_entries_limit',
  'process-cpu': 'process_cpu_seconds_total',
  'process-memory': 'process_resident_memory_bytes',
  'open-files': 'process_open_fds / process_max_fds',
  'event-loop-lag': 'max nodejs_eventloop_lag_seconds',
  'event-loop-busy': 'max nodejs_eventloop_utilization of 1',
  goroutines: 'go_goroutines',
  requests: 'http_requests_total',
  'in-flight': 'http_requests_in_flight',
  'response-mean': 'http_request_duration_seconds_sum / http_request_duration_seconds_count',
  'nginx-connections': 'nginx_connections_active',
  'php-workers': 'phpfpm_active_processes / phpfpm_total_processes',
  'pool-hikari': 'hikaricp_connections_active / hikaricp_connections_max',
  'mysql-threads': 'mysql_global_status_threads_connected / mysql_global_variables_max_connections',
  postgres: 'pg_stat_activity_count',
  'redis-clients': 'redis_connected_clients / redis_config_maxclients',
}
