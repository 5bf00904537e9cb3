package org.mtl4j.core.feature;

/**
 * A raw input of an export: a tensor of {@code serving_default}.
 *
 * @param name its key in the signature
 * @param column the source's column
 * @param type what the tensor holds
 */
public record RawInput(String name, String column, RawType type) {}
