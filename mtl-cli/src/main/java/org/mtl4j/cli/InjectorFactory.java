package org.mtl4j.cli;

import com.google.inject.Injector;
import com.google.inject.Key;
import picocli.CommandLine;

/** Gets commands from the injector; whatever is not bound there, picocli makes itself. */
final class InjectorFactory implements CommandLine.IFactory {
  private final Injector injector;
  private final CommandLine.IFactory plain = CommandLine.defaultFactory();

  InjectorFactory(Injector injector) {
    this.injector = injector;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return injector.getExistingBinding(Key.get(type)) == null
        ? plain.create(type)
        : injector.getInstance(type);
  }
}
