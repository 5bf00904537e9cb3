package org.mtl4j.core.balancing;

import java.util.function.Function;
import org.mtl4j.core.task.Task;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a step has to minimise for a task.
 *
 * @param task the task
 * @param loss scalar: its {@code loss_weight} times the sum of its mean losses; 0 where no row of
 *     the batch has a say
 * @param present scalar: 1 where a row has a say and {@code loss_weight} is above 0, otherwise 0
 * @param over the same over part of the batch's rows, as new operations
 */
public record Objective(
    Task task,
    Operand<TFloating> loss,
    Operand<TFloating> present,
    Function<RowFold, Objective> over) {}
