/**
 * What learning the tasks together did to them: evidence, gathered by looking into a run and by
 * training each task alone; findings, a class each, made of the evidence; and a report of both.
 */
package org.mtl4j.experiment.diagnose;
