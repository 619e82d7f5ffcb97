// The canaries of one shopper, the same at every asking, made when they are asked for.
import type { Me } from '@doorbuster/plan'
import { writeCanary } from './canary.ts'
import type { FieldNames } from './field-names.ts'
import { writePhone } from './phone.ts'

export type Planting = {
  readonly run: number
  readonly fields: FieldNames
  /** From now on there is something that could be found. */
  readonly onPlanted: () => void
  readonly onPhone: () => void
}

export class OwnCanaries implements Me {
  readonly #planting: Planting
  readonly #owner: number

  constructor(planting: Planting, owner: number) {
    this.#planting = planting
    this.#owner = owner
  }

  get name(): string {
    const canary = this.of('name')
    return `Robin ${canary.charAt(0).toUpperCase()}${canary.slice(1)}`
  }

  /** Nobody's domain (RFC 2606): no mail is ever delivered. */
  get email(): string {
    return `${this.of('email')}@example.com`
  }

  get address(): string {
    return `${1 + (this.#owner % 199)} ${this.of('address')} Street`
  }

  get phone(): string {
    this.#planting.onPlanted()
    this.#planting.onPhone()
    return writePhone(this.#planting.run, this.#owner)
  }

  get token(): string {
    return this.of('token')
  }

  of(field: string): string {
    const { run, fields, onPlanted } = this.#planting
    const canary = writeCanary({ run, owner: this.#owner, field: fields.numberOf(field) })
    onPlanted()
    return canary
  }
}
