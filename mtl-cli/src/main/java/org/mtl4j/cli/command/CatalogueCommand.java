package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.core.config.ConfigKey;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.config.Summary;

/** A command that lists the members of an open set, with the keys that each of them reads. */
abstract class CatalogueCommand extends MtlCommand {
  private final List<Registry<?>> registries;

  CatalogueCommand(Console console, Registry<?>... registries) {
    super(console);
    this.registries = List.of(registries);
  }

  @Override
  protected Answer answer() {
    List<Map<String, Object>> json = new ArrayList<>();
    List<String> text = new ArrayList<>();
    for (Registry<?> registry : registries) {
      for (String name : registry.names()) {
        add(registry, name, json, text);
      }
    }
    return Answer.of(json, text);
  }

  private void add(
      Registry<?> registry, String name, List<Map<String, Object>> json, List<String> text) {
    Class<? extends Record> config = registry.factories().get(name).configType();
    String sentence = sentence(name, config);
    List<ConfigKey> keys = ConfigKey.of(config);
    json.add(json(registry.kind(), name, sentence, keys));
    String title = registry.equals(registries.get(0)) ? name : registry.kind() + " " + name;
    text.add(title + (sentence.isEmpty() ? "" : ": " + sentence));
    table(keys).lines().forEach(line -> text.add("  " + line));
    text.add("");
  }

  /** What is said of a member; empty if nothing is. */
  String sentence(String name, Class<? extends Record> config) {
    Summary summary = config.getAnnotation(Summary.class);
    return summary == null ? "" : summary.value();
  }

  private static Map<String, Object> json(
      String kind, String name, String summary, List<ConfigKey> keys) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind);
    json.put("type", name);
    json.put("summary", summary);
    json.put("keys", keys.stream().map(CatalogueCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(ConfigKey key) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key.name());
    json.put("type", key.type());
    json.put("default", key.byDefault().orElse(null));
    json.put("required", key.required());
    return json;
  }

  private static TextTable table(List<ConfigKey> keys) {
    TextTable table = new TextTable(List.of("key", "default", "type")).leftAligned();
    for (ConfigKey key : keys) {
      String none = key.required() ? "(required)" : "(none)";
      table.row(List.of(key.name(), key.byDefault().orElse(none), key.type()));
    }
    return table;
  }
}
