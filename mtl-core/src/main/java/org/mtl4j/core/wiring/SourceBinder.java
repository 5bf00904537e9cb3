package org.mtl4j.core.wiring;

import com.google.inject.Binder;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import org.mtl4j.core.batch.SourceFactory;

/**
 * Binds kinds of sources by name. Whoever injects {@code Map<String, SourceFactory<?>>} gets them
 * all.
 */
public final class SourceBinder {
  private SourceBinder() {}

  /**
   * Binds a kind of source. Two bindings of one name fail when the injector is made.
   *
   * @param binder the module's binder
   * @param name what {@code data.source.type} says, say {@code csv}
   * @param factory makes the source from its configuration
   */
  public static void source(Binder binder, String name, SourceFactory<?> factory) {
    MapBinder.newMapBinder(
            binder, new TypeLiteral<String>() {}, new TypeLiteral<SourceFactory<?>>() {})
        .addBinding(name)
        .toInstance(factory);
  }
}
