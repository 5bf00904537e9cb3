package org.mtl4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * The labels of one output in a training graph.
 *
 * @param labels [B]: 0 or 1, a class index, or a value in its unit; of a set of classes [B,
 *     classes]: 1 where the set has the class, else 0; 0 where the row has no say
 * @param weights [B]: example weights, 0 where the row has no say
 */
public record Supervision(Operand<TFloating> labels, Operand<TFloating> weights) {}
