/** Requests that a version answers before it serves: TensorFlow Serving's warm-up file. */
package org.mtl4j.server.warmup;
