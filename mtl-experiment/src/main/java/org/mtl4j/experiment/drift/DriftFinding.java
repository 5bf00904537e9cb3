package org.mtl4j.experiment.drift;

/**
 * Rows that are not like those before, by more than chance and more than is taken for change.
 *
 * @param what a feature's or a task's name
 * @param measure how it was found: label_rate, label_mean, label_classes, psi, unknown, token_share
 *     or auc_of_served_model
 * @param value of the measure
 * @param limit above which it is too much, chance included
 * @param evidence what was expected and what was found, a sentence
 */
public record DriftFinding(
    String what, String measure, double value, double limit, String evidence) {}
