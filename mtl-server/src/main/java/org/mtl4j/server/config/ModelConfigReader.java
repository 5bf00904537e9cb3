package org.mtl4j.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;
import org.mtl4j.protocol.serving.FileSystemStoragePathSourceConfig.ServableVersionPolicy;
import org.mtl4j.protocol.serving.ModelConfig;
import org.mtl4j.protocol.serving.ModelServerConfig;
import org.mtl4j.server.version.VersionPolicy;

/** Reads the models of a configuration and collects all that is wrong with them. */
final class ModelConfigReader {
  private static final String PLATFORM = "tensorflow";

  private final ConfigPlaces places;
  private final List<Problem> problems;
  private final Set<String> names = new HashSet<>();

  /**
   * A reader of one configuration.
   *
   * @param problems where problems go
   */
  ModelConfigReader(ConfigPlaces places, List<Problem> problems) {
    this.places = places;
    this.problems = problems;
  }

  /** The models that nothing is wrong with, in their order. */
  List<ServedModel> read(ModelServerConfig config) {
    if (!config.hasModelConfigList()) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_MISSING_KEY,
              places.all(),
              "Expected model_config_list, found "
                  + (config.hasCustomModelConfig() ? "custom_model_config." : "none."),
              "Write the models as model_config_list { config { ... } }."));
      return List.of();
    }
    List<ServedModel> models = new ArrayList<>();
    for (int i = 0; i < config.getModelConfigList().getConfigCount(); i++) {
      model(i, config.getModelConfigList().getConfig(i)).ifPresent(models::add);
    }
    return models;
  }

  private void add(int index, ErrorCode code, String what, String remedy) {
    problems.add(new Problem(code, places.model(index), what, remedy));
  }

  private void wrong(int index, String what, Object found) {
    add(index, ErrorCode.CONFIG_VALUE, "%s, found %s.".formatted(what, found), "");
  }

  private Optional<ServedModel> model(int index, ModelConfig config) {
    int before = problems.size();
    checkName(index, config.getName());
    // Nothing else can be served, so that nothing is lost where it is left out.
    if (!config.getModelPlatform().isEmpty() && !config.getModelPlatform().equals(PLATFORM)) {
      wrong(index, "model_platform: expected \"tensorflow\"", quoted(config.getModelPlatform()));
    }
    Optional<Path> base = base(index, config.getBasePath());
    Optional<VersionPolicy> policy = policy(index, config.getModelVersionPolicy());
    checkLabels(index, config.getVersionLabelsMap());
    policy.ifPresent(known -> checkLabelled(index, known, config.getVersionLabelsMap()));
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new ServedModel(
            config.getName(),
            base.orElseThrow(),
            policy.orElseThrow(),
            config.getVersionLabelsMap()));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private void checkName(int index, String name) {
    if (name.isEmpty()) {
      add(index, ErrorCode.CONFIG_MISSING_KEY, "A model needs a name.", "Add name: \"...\".");
    } else if (!ServedModel.isName(name)) {
      wrong(index, "name: expected one without slashes and colons", quoted(name));
    } else if (!names.add(name)) {
      wrong(index, "name: expected each model once", quoted(name) + " again");
    }
  }

  private Optional<Path> base(int index, String path) {
    if (path.isEmpty()) {
      add(
          index,
          ErrorCode.CONFIG_MISSING_KEY,
          "A model needs a base_path.",
          "Add base_path: \"...\", the folder that has a folder a version.");
      return Optional.empty();
    }
    try {
      if (!path.contains("://")) {
        return Optional.of(Path.of(path));
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    add(
        index,
        ErrorCode.CONFIG_VALUE,
        "base_path: expected a folder of this machine, found something else.",
        "Mount or copy remote folders first.");
    return Optional.empty();
  }

  private Optional<VersionPolicy> policy(int index, ServableVersionPolicy policy) {
    return switch (policy.getPolicyChoiceCase()) {
      case POLICYCHOICE_NOT_SET -> Optional.of(VersionPolicy.DEFAULT);
      case ALL -> Optional.of(new VersionPolicy.All());
      case LATEST -> latest(index, policy.getLatest().getNumVersions());
      case SPECIFIC -> specific(index, policy.getSpecific().getVersionsList());
    };
  }

  private Optional<VersionPolicy> latest(int index, int versions) {
    if (versions < 0) {
      // Unsigned in messages, so that this is a number beyond 31 bits.
      wrong(
          index,
          "latest.num_versions: expected at most " + Integer.MAX_VALUE,
          Integer.toUnsignedLong(versions));
      return Optional.empty();
    }
    return Optional.of(versions == 0 ? VersionPolicy.DEFAULT : new VersionPolicy.Latest(versions));
  }

  private Optional<VersionPolicy> specific(int index, List<Long> versions) {
    int before = problems.size();
    if (versions.isEmpty()) {
      wrong(index, "specific.versions: expected at least one", "none");
    }
    versions.stream()
        .filter(version -> version < 0)
        .forEach(version -> wrong(index, "specific.versions: expected at least 0", version));
    return problems.size() > before
        ? Optional.empty()
        : Optional.of(new VersionPolicy.Specific(new TreeSet<>(versions)));
  }

  private void checkLabels(int index, Map<String, Long> labels) {
    List<Boolean> versions = places.labelsWithVersions(index).orElse(List.of());
    if (versions.contains(false)) {
      add(
          index,
          ErrorCode.CONFIG_MISSING_KEY,
          "version_labels: a label needs a version.",
          "Write it as version_labels { key: \"stable\" value: 3 }.");
    }
    if (versions.size() > labels.size()) {
      wrong(index, "version_labels: expected each label once", "one again");
    }
    new TreeMap<>(labels)
        .forEach(
            (label, version) -> {
              if (!ServedModel.isName(label)) {
                wrong(
                    index,
                    "version_labels: expected labels without slashes and colons",
                    quoted(label));
              }
              if (version < 0) {
                wrong(
                    index,
                    "version_labels: expected a version of at least 0 for " + quoted(label),
                    version);
              }
            });
  }

  /** Where the versions are named, a label of another one could never be answered. */
  private void checkLabelled(int index, VersionPolicy policy, Map<String, Long> labels) {
    if (policy instanceof VersionPolicy.Specific specific) {
      new TreeMap<>(labels)
          .forEach(
              (label, version) -> {
                if (version >= 0 && !specific.versions().contains(version)) {
                  wrong(
                      index,
                      "version_labels: expected one of the versions %s for %s"
                          .formatted(specific.versions(), quoted(label)),
                      version);
                }
              });
    }
  }
}
