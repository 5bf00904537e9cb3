package org.mtl4j.eval.evaluator;

import org.mtl4j.core.metric.MetricReport;
import org.mtl4j.eval.interval.IntervalReport;

/**
 * What was measured, and how far it may be off.
 *
 * @param report the figures
 * @param intervals of the same outputs and metrics
 */
public record Measurement(MetricReport report, IntervalReport intervals) {}
