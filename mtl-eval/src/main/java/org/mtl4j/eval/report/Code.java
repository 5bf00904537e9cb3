package org.mtl4j.eval.report;

/**
 * Text that is shown as it was typed, say a file.
 *
 * @param text its lines
 */
public record Code(String text) implements Element {}
