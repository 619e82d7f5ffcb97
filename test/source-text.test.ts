import { expect, test } from 'vitest'
import { codeOnly, importsOf } from './support/source-text.ts'

test('code keeps its length and its lines, whatever stands in it', () => {
  const text = "const a = 'x' // y\n/* z\n */ const b = `1${a}\n2` + /'/.source\n"
  expect(codeOnly(text)).toBe("const a = ' '     \n    \n    const b = ` ${a}\n ` + / /.source\n")
})

test.each([
  ['a line comment', "// import 'x'\n"],
  ['a block comment', "/* import 'x' */"],
  ['a string', `const a = "import 'x'"`],
  ['a string with an escaped quote', "const a = 'it\\'s; import \"x\"'"],
  ['a template', "const a = `import 'x'`"],
  ['a regular expression', "const a = /import 'x'/"],
  ['a regular expression with a class', "const a = text.match(/[/'] import 'x'/g)"],
  ['a regular expression after return', "return /import 'x'/"],
])('%s imports nothing', (_, text) => expect(importsOf(text)).toEqual([]))

test('every form of import is seen, in order', () => {
  const text = `
    import 'a'
    import b, { c } from "b"
    import type { D } from 'd'
    import {
      e,
    } from 'e'
    export { f } from 'f'
    export * from 'g'
    const h = await import('h')
    type I = import('i').I
    const j = \`\${await import('j')}\``
  expect(importsOf(text)).toEqual(['a', 'b', 'd', 'e', 'f', 'g', 'h', 'i', 'j'])
})

test('division does not start a regular expression', () => {
  expect(importsOf("const a = b / c; import 'x' // d / e")).toEqual(['x'])
  expect(importsOf("const a = (b) / 2 + list[0] / 2; import('x')")).toEqual(['x'])
})

test('a template ends at its own backtick, past nested braces and templates', () => {
  expect(importsOf("const a = `${list.map((x) => { return `<${x}>` })} import 'no'`\nimport 'yes'")).toEqual(['yes'])
  expect(codeOnly('`$ {console} ${console} $`')).toBe('`            ${console}  `')
})

test('a method called from or import is no import', () => {
  expect(importsOf("Array.from('abc'); store.import('abc')")).toEqual([])
})
