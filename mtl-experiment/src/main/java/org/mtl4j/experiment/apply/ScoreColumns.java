package org.mtl4j.experiment.apply;

import java.util.Optional;

/**
 * Where scores of a foreign system stand in a table.
 *
 * @param label column of 0 and 1
 * @param score column of scores: probabilities, or any numbers of which larger mean yes
 * @param weight column of example weights; empty: every row counts 1
 * @param group column that groups rows, a user's id say; empty: none
 */
public record ScoreColumns(
    String label, String score, Optional<String> weight, Optional<String> group) {}
