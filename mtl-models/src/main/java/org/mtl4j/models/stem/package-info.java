/** Shared and task-specific embeddings: Su and others 2024. */
package org.mtl4j.models.stem;
