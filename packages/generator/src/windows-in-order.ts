// Puts the windows of several threads together, second by second: one goes on when every thread that still sends has handed in its own.
import type { OnWindow, Window } from '@doorbuster/measurements'
import { destroyWindow, mergeWindows } from '@doorbuster/measurements'

export class WindowsInOrder {
  readonly #onWindow: OnWindow
  /** By thread: the index of the window that it hands in next. */
  readonly #next: number[]
  readonly #pending = new Map<number, Window[]>()
  #index = 0

  constructor(threads: number, onWindow: OnWindow) {
    this.#next = Array.from({ length: threads }, () => 0)
    this.#onWindow = onWindow
  }

  /** Takes the window over: its memory is given back here. */
  add(thread: number, window: Window): void {
    this.#pending.set(window.index, [...(this.#pending.get(window.index) ?? []), window])
    this.#next[thread] = window.index + 1
    this.#hand()
  }

  /** This thread hands in nothing more. */
  end(thread: number): void {
    this.#next[thread] = Number.POSITIVE_INFINITY
    this.#hand()
  }

  #hand(): void {
    while (this.#pending.size > 0 && Math.min(...this.#next) > this.#index) {
      const windows = this.#pending.get(this.#index) ?? []
      this.#pending.delete(this.#index)
      this.#index++
      if (windows.length > 0) this.#handOn(windows)
    }
  }

  #handOn(windows: readonly Window[]): void {
    const merged = mergeWindows(windows)
    for (const window of windows) destroyWindow(window)
    this.#onWindow(merged, () => destroyWindow(merged))
  }
}
