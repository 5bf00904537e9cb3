package org.mtl4j.cli;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.mtl4j.cli.command.TrainCommand;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.Interruption;

/** Binds the commands to what they need: a line a command. */
final class CliModule extends AbstractModule {
  private final Console console;

  CliModule(Console console) {
    this.console = console;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireAtInjectOnConstructors();
    bind(Console.class).toInstance(console);
    bind(TrainCommand.class);
  }

  @Provides
  @Singleton
  Interruption interruption() {
    return new Interruption(console);
  }
}
