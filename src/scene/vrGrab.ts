/** Moving, turning and scaling the cloud by hands in a room: it follows one hand as if held, and two as if stretched between them. */
import { Matrix4, Quaternion, Vector3 } from 'three';

/** The cloud's size, as multiples of the one that it comes with. */
const scales = { least: 0.1, most: 20 };
const unit = new Vector3(1, 1, 1);

export class Grab {
  /** From the cloud's world units to metres in the room. It is changed in place. */
  readonly room = new Matrix4();
  readonly #hands = new Map<number, Matrix4>();
  /** Where the cloud, and each hand that holds it, were when the hold began. */
  readonly #roomThen = new Matrix4();
  readonly #handsThen = new Map<number, Matrix4>();
  #size = 1;

  /** Puts the cloud somewhere; whoever holds it lets go. */
  place(room: Matrix4): void {
    this.room.copy(room);
    this.#hands.clear();
    this.#size = room.getMaxScaleOnAxis();
    this.#begin();
  }

  holds(hand: number): boolean {
    return this.#hands.has(hand);
  }

  hold(hand: number, pose: Matrix4): void {
    this.#hands.set(hand, pose.clone());
    this.#begin();
  }

  release(hand: number): void {
    if (this.#hands.delete(hand)) this.#begin();
  }

  /** A hand is there now, in metres; one that holds nothing moves nothing. */
  move(hand: number, pose: Matrix4): void {
    this.#hands.get(hand)?.copy(pose);
  }

  /** Brings the cloud to where the hands have it. */
  step(): void {
    const [first, second] = this.#hands.keys();
    if (first === undefined) return;
    if (second === undefined) this.#followOne(first);
    else this.#followTwo(first, second);
  }

  #followOne(hand: number): void {
    const then = this.#handsThen.get(hand);
    const now = this.#hands.get(hand);
    if (then && now) this.room.copy(then).invert().premultiply(now).multiply(this.#roomThen);
  }

  /** About the middle between the hands. */
  #followTwo(one: number, other: number): void {
    const placeOf = (hands: ReadonlyMap<number, Matrix4>, hand: number) =>
      new Vector3().setFromMatrixPosition(hands.get(hand) ?? new Matrix4());
    const [a, b] = [placeOf(this.#handsThen, one), placeOf(this.#handsThen, other)];
    const [c, d] = [placeOf(this.#hands, one), placeOf(this.#hands, other)];
    const before = new Vector3().subVectors(b, a);
    const after = new Vector3().subVectors(d, c);
    // Hands in one place have no direction, and no size to compare with.
    if (before.length() < 1e-3 || after.length() < 1e-3) return;
    const scaleThen = this.#roomThen.getMaxScaleOnAxis();
    const wanted = (scaleThen * after.length()) / before.length();
    const scale = Math.min(Math.max(wanted, scales.least * this.#size), scales.most * this.#size) / scaleThen;
    const turn = new Quaternion().setFromUnitVectors(before.normalize(), after.normalize());
    const middleThen = a.add(b).multiplyScalar(-0.5);
    const change = new Matrix4().compose(c.add(d).multiplyScalar(0.5), turn, unit.clone().multiplyScalar(scale));
    this.room.copy(this.#roomThen).premultiply(new Matrix4().setPosition(middleThen)).premultiply(change);
  }

  #begin(): void {
    this.#roomThen.copy(this.room);
    this.#handsThen.clear();
    for (const [hand, pose] of this.#hands) this.#handsThen.set(hand, pose.clone());
  }
}
