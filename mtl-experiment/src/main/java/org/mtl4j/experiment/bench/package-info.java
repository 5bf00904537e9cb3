/** Benchmarks, as Java API. */
package org.mtl4j.experiment.bench;
