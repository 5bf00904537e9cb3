package org.mtl4j.core.schema;

/**
 * A list of values in one text, say the genres of a film, each looked up in an embedding table and
 * all pooled into one vector. Its order does not matter; a value that stands twice counts twice.
 *
 * @param value the feature, and how one value becomes a row of which table
 * @param list how the text becomes values
 * @param pooling how the rows become one vector
 */
public record MultiCategoricalFeature(CategoricalFeature value, ListRule list, Pooling pooling)
    implements ListFeature {}
