/** Embeddings scaled by the domain, towers scaled by user and item. */
package org.mtl4j.models.pepnet;
