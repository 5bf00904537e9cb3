package org.mtl4j.experiment.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigKey;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;

/**
 * An entry of {@code data.lookups}: what rows get, and the table that it comes from.
 *
 * @param config the keys that every lookup has
 * @param table the type and the keys of its own
 */
public record LookupChoice(LookupConfig config, Choice table) {
  /** The keys that every lookup has. */
  public static List<String> keys() {
    return ConfigKey.of(LookupConfig.class).stream().map(ConfigKey::name).toList();
  }

  /**
   * Tells the keys of an entry apart.
   *
   * @return empty if those that every lookup has are wrong; {@code problems} says how
   */
  public static Optional<LookupChoice> of(Choice entry, Problems problems) {
    Choice table = table(entry);
    Map<String, ConfigNode> common = new LinkedHashMap<>(entry.body().entries());
    common.keySet().removeAll(table.body().entries().keySet());
    return RecordBinder.bind(with(entry, common).body(), LookupConfig.class, problems)
        .map(config -> new LookupChoice(config, table));
  }

  /** The type of an entry and the keys of its own. */
  public static Choice table(Choice entry) {
    Map<String, ConfigNode> own = new LinkedHashMap<>(entry.body().entries());
    keys().forEach(own::remove);
    return with(entry, own);
  }

  /**
   * The entry as a whole, every default filled in.
   *
   * @param entry as it was typed
   */
  public Choice resolved(Choice entry) {
    Map<String, ConfigNode> all = new LinkedHashMap<>(table.body().entries());
    all.putAll(entry.resolved(config).body().entries());
    return with(entry, all);
  }

  private static Choice with(Choice entry, Map<String, ConfigNode> body) {
    ConfigNode.Mapping typed = entry.body();
    return new Choice(entry.type(), new ConfigNode.Mapping(typed.path(), typed.location(), body));
  }
}
