// Something for each name in each phase, found on every request without a key being made of the two.

export class ByPhase<Kept> {
  readonly #phases = new Map<string | null, Map<string, Kept>>()

  get(phase: string | null, name: string): Kept | undefined {
    return this.#phases.get(phase)?.get(name)
  }

  set(phase: string | null, name: string, kept: Kept): void {
    const names = this.#phases.get(phase) ?? new Map<string, Kept>()
    this.#phases.set(phase, names)
    names.set(name, kept)
  }
}
