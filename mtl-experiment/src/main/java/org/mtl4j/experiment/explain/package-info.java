/** What a finished run's predictions rest on. */
package org.mtl4j.experiment.explain;
