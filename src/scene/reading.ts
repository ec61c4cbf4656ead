/** What helps to read the cloud: walking it by keys, labels for what a search found, guides for depth, and a slow turn. */
import type { ItemId, Positions } from '../types';
import type { Camera } from './camera';
import type { Content } from './content';
import type { GuideChoice } from './guides';
import type { MisplacedMarks } from './marks';
import type { MeaningAxis } from './meaningAxes';
import type { Painter } from './painter';
import type { Region } from './regionLabels';
import { Rotation } from './rotation';
import type { Rect } from './screen';
import { Walker } from './walker';

/** What it asks of the cloud that is read. */
export interface ReadingHost {
  /** A frame is due. */
  readonly wake: () => void;
  /** Rows look different now. */
  readonly restyle: () => void;
}

export class Reading {
  readonly walker: Walker;
  readonly rotation: Rotation;

  constructor(
    private readonly painter: Painter,
    camera: Camera,
    private readonly content: Content,
    private readonly host: ReadingHost,
  ) {
    this.walker = new Walker(painter, content);
    this.rotation = new Rotation(painter.stage.host, camera, host.wake);
  }

  /** What a search has found, by spelling and by meaning: labelled before others, larger, and beside a selection not dimmed. */
  set found(ids: Iterable<ItemId>) {
    this.content.marks.found = new Set(ids);
    this.host.restyle();
  }

  /** Names of parts of the map, the most important first. */
  set regions(regions: readonly Region[]) {
    this.content.marks.regions = regions;
    this.host.restyle();
  }

  set guides(choice: GuideChoice) {
    this.painter.guides.choice = choice;
    this.host.restyle();
  }

  /** What the map misplaces around the selected text: joined to it by dashed lines, or ringed. */
  set misplaced(misplaced: MisplacedMarks | undefined) {
    this.content.marks.misplaced = misplaced;
  }

  /** Another map of the same rows, from which trails lead to where the texts stand, whatever the choice of guides. */
  set trailsFrom(positions: Positions | undefined) {
    if (this.painter.guides.trailsFrom === positions) return;
    this.painter.guides.trailsFrom = positions;
    this.host.restyle();
  }

  /** Where one text stands on several maps of the same rows, in order: joined by lines. */
  set path(places: Positions | undefined) {
    if (this.painter.guides.path.places === places) return;
    this.painter.guides.path.places = places;
    this.host.restyle();
  }

  /** Axes of meaning, where the positions are values on them. */
  set meaningAxes(axes: readonly MeaningAxis[]) {
    this.painter.guides.meaning.axes = axes;
    this.host.restyle();
  }

  /** How many labels, 1 for the usual number. */
  set labelDensity(density: number) {
    this.painter.labelDensity = density;
    this.host.restyle();
  }

  /** Small panels over the free part of the view, in CSS pixels: labels keep off them. */
  set covers(covers: readonly Rect[]) {
    this.painter.covers = covers;
    this.host.restyle();
  }

  dispose(): void {
    this.rotation.dispose();
  }
}
