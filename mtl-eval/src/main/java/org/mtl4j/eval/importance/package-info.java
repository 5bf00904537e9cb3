/** Which inputs a model's figures rest on. */
package org.mtl4j.eval.importance;
