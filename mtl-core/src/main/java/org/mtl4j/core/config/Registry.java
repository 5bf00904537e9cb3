package org.mtl4j.core.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;

/**
 * An open set by name, as Guice collected it: what a {@link Choice} in an experiment file chooses
 * from.
 *
 * @param kind what the members are, for messages: {@code model}, {@code optimizer}
 * @param factories the members by name
 * @param <T> what they make
 */
public record Registry<T>(String kind, Map<String, ConfiguredFactory<?, ? extends T>> factories) {
  /** Copies the map. */
  public Registry {
    factories = Map.copyOf(factories);
  }

  /**
   * What a choice chose.
   *
   * @param value the thing
   * @param config the record that its keys were read into
   * @param choice the choice with every default filled in
   */
  public record Resolved<T>(T value, Record config, Choice choice) {}

  /** The names, sorted. */
  public Set<String> names() {
    return new TreeSet<>(factories.keySet());
  }

  /**
   * Looks a choice up and makes what it chooses.
   *
   * @return empty if the name is unknown or a key is wrong; {@code problems} has it then
   */
  public Optional<Resolved<T>> resolve(Choice choice, Problems problems) {
    return factory(choice, problems)
        .flatMap(
            factory ->
                config(factory, choice, problems)
                    .map(c -> new Resolved<T>(factory.create(c), c, choice.resolved(c))));
  }

  /**
   * Checks a choice without making anything.
   *
   * @return the choice with every default filled in; empty as in {@link #resolve}
   */
  public Optional<Choice> bind(Choice choice, Problems problems) {
    return factory(choice, problems)
        .flatMap(factory -> config(factory, choice, problems))
        .map(choice::resolved);
  }

  private Optional<Record> config(
      ConfiguredFactory<?, ? extends T> factory, Choice choice, Problems problems) {
    Optional<Record> config =
        RecordBinder.bind(choice.body(), factory.configType(), problems).map(c -> (Record) c);
    return config.isPresent() && config.get() instanceof Composite composite
        ? whole(composite, problems)
        : config;
  }

  /** A configuration whose own choices are checked and complete. */
  private Optional<Record> whole(Composite composite, Problems problems) {
    Map<String, Choice> bound = new LinkedHashMap<>();
    composite
        .choices()
        .forEach((name, choice) -> bind(choice, problems).ifPresent(b -> bound.put(name, b)));
    return bound.size() == composite.choices().size()
        ? Optional.of(composite.with(bound))
        : Optional.empty();
  }

  private Optional<ConfiguredFactory<?, ? extends T>> factory(Choice choice, Problems problems) {
    ConfiguredFactory<?, ? extends T> factory = factories.get(choice.type());
    if (factory == null) {
      problems.add(
          new Problem(
              ErrorCode.UNKNOWN_NAME,
              choice.where(),
              "There is no %s \"%s\".".formatted(kind, choice.type()),
              Nearest.hint(choice.type(), names())));
    }
    return Optional.ofNullable(factory);
  }
}
