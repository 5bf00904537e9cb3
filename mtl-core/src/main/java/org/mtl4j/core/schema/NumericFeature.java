package org.mtl4j.core.schema;

import java.util.Optional;

/**
 * A number that stays one: scaled.
 *
 * @param name the feature's name
 * @param column the source's column
 * @param group whose property it is
 * @param transform how the number is scaled
 * @param indicator whether a second input says that the value was missing
 */
public record NumericFeature(
    String name,
    String column,
    Optional<FeatureGroup> group,
    NumericTransform transform,
    boolean indicator)
    implements NumberFeature {}
