/** All texts of a space on axes of meaning. */
import { InputError } from '../errors';
import type { AxesAnswer } from '../answers';
import type { QuestionOf } from '../questions';
import { coincidingAxis, placeOnAxes } from '../similarity/axes';
import type { Matrix } from '../types';
import type { SpaceRows } from './snapshot';
import { checkDirections, subjectVectors } from './subjects';

/** Throws `axisEndsCoincide` with the name of an axis that has no direction, and as `checkDirections` does. `texts` are as in `answer`. */
export function answerAxes(space: SpaceRows, { axes }: QuestionOf<'axes'>, texts: Matrix): AxesAnswer {
  const subjects = axes.flatMap(({ from, to }) => [from, to]);
  const poles = subjectVectors(subjects, space, texts);
  checkDirections(subjects, poles);
  const wrong = axes[coincidingAxis(poles)];
  if (wrong) throw new InputError('axisEndsCoincide', { axis: wrong.name });
  return { ids: space.ids, ...placeOnAxes(space.vectors, poles) };
}
