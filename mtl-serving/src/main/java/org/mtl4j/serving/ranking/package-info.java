/** Ranks candidates with a loaded export. */
package org.mtl4j.serving.ranking;
