/** Tensors and signatures as requests carry them, with neither TensorFlow nor a protocol. */
package org.mtl4j.serving.tensor;
