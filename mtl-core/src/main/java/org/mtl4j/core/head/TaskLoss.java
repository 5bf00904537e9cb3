package org.mtl4j.core.head;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The loss of a task in a training graph: the weighted mean over the rows that have a say.
 *
 * @param task the task's name
 * @param numerator scalar: sum of weight * loss
 * @param denominator scalar: sum of weights
 * @param mean scalar: numerator / denominator, 0 when no row of the batch has a say
 */
public record TaskLoss(
    String task,
    Operand<TFloating> numerator,
    Operand<TFloating> denominator,
    Operand<TFloating> mean) {}
