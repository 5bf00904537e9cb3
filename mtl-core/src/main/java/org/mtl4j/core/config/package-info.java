/**
 * YAML to records and back, with every problem of a file reported at once.
 *
 * <p>A {@link org.mtl4j.core.config.ConfigFile} is a tree of {@link
 * org.mtl4j.core.config.ConfigNode}s as they were typed; a {@link
 * org.mtl4j.core.config.RecordBinder} makes records of it by the names and types of their
 * components; a {@link org.mtl4j.core.config.ConfigWriter} writes records down with every default
 * filled in. YAML's guessing of types is never used: the record says what a value is.
 */
package org.mtl4j.core.config;
