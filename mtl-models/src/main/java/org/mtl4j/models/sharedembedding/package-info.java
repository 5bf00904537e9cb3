/** Shared embeddings under a tower a task. */
package org.mtl4j.models.sharedembedding;
