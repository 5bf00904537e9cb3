/** What is done with a finished run or an export: evaluate, predict, recommend, publish. */
package org.mtl4j.experiment.apply;
