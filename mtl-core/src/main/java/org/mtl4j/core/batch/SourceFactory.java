package org.mtl4j.core.batch;

/**
 * A kind of source, bound under the name that {@code data.source.type} gives. Add one by writing
 * the source, its configuration record and its factory, binding the factory with {@code
 * core.wiring.SourceBinder}, and subclassing {@code BatchSourceContractTest} of mtl-testkit.
 *
 * @param <C> the record that the keys of {@code data.source} are read into
 */
public interface SourceFactory<C extends Record> {
  /** The record that the keys of {@code data.source}, without {@code type}, are read into. */
  Class<C> configType();

  /**
   * A source as configured.
   *
   * @throws org.mtl4j.core.error.MtlException if what it reads is not there or has no columns
   */
  BatchSource create(C config);
}
