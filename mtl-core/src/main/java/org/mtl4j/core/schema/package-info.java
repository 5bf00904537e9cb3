/** What a model's inputs are: no input or output, no tensors. */
package org.mtl4j.core.schema;
