/** What a figure leaves out: curves, distributions and tables of an output's rows, as plots. */
package org.mtl4j.eval.curve;
