/** An experiment trained with many values of its keys, and the best of them found. */
package org.mtl4j.experiment.tune;
