package org.mtl4j.models.unsupervised;

import org.tensorflow.Operand;
import org.tensorflow.types.family.TFloating;

/**
 * What a task without a label comes to.
 *
 * @param prediction [B, columns]
 * @param loss [B]
 */
record Learnt(Operand<TFloating> prediction, Operand<TFloating> loss) {}
