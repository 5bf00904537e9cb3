/** What a run predicted for its test rows, kept in a file to be compared with other runs. */
package org.mtl4j.experiment.kept;
