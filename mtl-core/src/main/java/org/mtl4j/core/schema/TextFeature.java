package org.mtl4j.core.schema;

/**
 * A text, say the title of a film: its words or characters, or runs of them, each looked up in an
 * embedding table and all pooled into one vector. A token that stands twice counts twice.
 *
 * @param value the feature, and how one token becomes a row of which table
 * @param list how the text becomes tokens
 * @param pooling how the rows become one vector
 */
public record TextFeature(CategoricalFeature value, TextRule list, Pooling pooling)
    implements ListFeature {}
