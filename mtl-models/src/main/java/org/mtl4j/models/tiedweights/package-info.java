/** One network's weights for all tasks, with biases of their own. */
package org.mtl4j.models.tiedweights;
