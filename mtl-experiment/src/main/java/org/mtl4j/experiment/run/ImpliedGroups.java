package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.config.LookupChoice;
import org.mtl4j.experiment.config.LookupConfig;

/** Gives features that read a lookup's columns the lookup's group, as if it had been typed. */
final class ImpliedGroups {
  private static final String FEATURES = "features";
  private static final String GROUP = "group";
  private static final String COLUMN = "column";

  private ImpliedGroups() {}

  /** A lookup that says whose property its columns are. */
  private record Owner(String lookup, ConfigNode group) {}

  /**
   * The file with those groups.
   *
   * @param lookups the entries of {@code data.lookups} that can be read
   * @param problems takes features that say another group than the lookup of their column
   */
  static ConfigNode.Mapping in(
      ConfigNode.Mapping root, Map<String, Choice> lookups, Problems problems) {
    Map<String, Owner> owners = owners(lookups);
    if (owners.isEmpty() || !(root.entries().get(FEATURES) instanceof ConfigNode.Mapping typed)) {
      return root;
    }
    Map<String, ConfigNode> features = new LinkedHashMap<>(typed.entries());
    features.replaceAll(
        (name, feature) ->
            feature instanceof ConfigNode.Mapping map
                ? grouped(name, map, owners, problems)
                : feature);
    Map<String, ConfigNode> entries = new LinkedHashMap<>(root.entries());
    entries.put(FEATURES, new ConfigNode.Mapping(typed.path(), typed.location(), features));
    return new ConfigNode.Mapping(root.path(), root.location(), entries);
  }

  private static Map<String, Owner> owners(Map<String, Choice> lookups) {
    Map<String, Owner> owners = new LinkedHashMap<>();
    lookups.forEach(
        (name, entry) -> {
          ConfigNode group = entry.body().entries().get(GROUP);
          Optional<LookupConfig> config =
              LookupChoice.of(entry, new Problems()).map(LookupChoice::config);
          if (group != null && config.isPresent()) {
            config.get().given(name).forEach(column -> owners.put(column, new Owner(name, group)));
          }
        });
    return owners;
  }

  private static ConfigNode grouped(
      String name, ConfigNode.Mapping feature, Map<String, Owner> owners, Problems problems) {
    ConfigNode column = feature.entries().get(COLUMN);
    Owner owner = owners.get(column instanceof ConfigNode.Scalar text ? text.text() : name);
    ConfigNode own = feature.entries().get(GROUP);
    if (owner == null) {
      return feature;
    }
    if (own == null) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>(feature.entries());
      entries.put(GROUP, owner.group());
      return new ConfigNode.Mapping(feature.path(), feature.location(), entries);
    }
    if (!own.equals(owner.group())) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              own.where(),
              "Expected the group of data.lookups.%s, which gives the column, %s, found %s."
                  .formatted(owner.lookup(), owner.group().describe(), own.describe()),
              "Leave the feature's group out, or mend that of the lookup."));
    }
    return feature;
  }
}
