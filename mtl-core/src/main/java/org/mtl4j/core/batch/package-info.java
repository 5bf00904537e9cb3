/** Rows in, buffers out: sources, raw and encoded rows, and the batches that training consumes. */
package org.mtl4j.core.batch;
