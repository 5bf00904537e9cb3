package org.mtl4j.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.protocol.serving.ReloadConfigRequest;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.server.version.VersionPolicy;
import tensorflow.serving.ModelManagement;

/** The file that says which models are served, and the message that says so later. */
class ModelConfigFileTest {
  private static final String MODELS =
      """
      # Of TensorFlow Serving's guide, and more.
      model_config_list {
        config {
          name: 'half'
          base_path: '/models/half'
          model_platform: 'tensorflow'
        }
        config: <
          name: "two" base_path: "models/two"
          model_version_policy { specific { versions: 42 versions: 7 versions: 42 } }
          version_labels { key: 'stable' value: 42 }
          version_labels { key: 'canary' value: 7 }
        >
        config { name: "three", base_path: "/3", model_version_policy { latest { num_versions: 2 } } }
        config { name: "four"; base_path: "/4"; model_version_policy: { all: {} } }
        config { name: "five" base_path: "/5" model_version_policy { latest {} } version_labels { key: 'a' value: 0 } }
      }
      """;

  private static final List<ServedModel> READ =
      List.of(
          ServedModel.latest("half", Path.of("/models/half")),
          new ServedModel(
              "two",
              Path.of("models/two"),
              new VersionPolicy.Specific(new TreeSet<>(List.of(7L, 42L))),
              Map.of("stable", 42L, "canary", 7L)),
          new ServedModel("three", Path.of("/3"), new VersionPolicy.Latest(2), Map.of()),
          new ServedModel("four", Path.of("/4"), new VersionPolicy.All(), Map.of()),
          new ServedModel("five", Path.of("/5"), VersionPolicy.DEFAULT, Map.of("a", 0L)));

  @TempDir private Path folder;

  private List<ServedModel> read(String text) throws IOException {
    return ModelConfigFile.read(Files.writeString(folder.resolve("models.config"), text));
  }

  private List<Problem> problems(String text) {
    return catchThrowableOfType(MtlException.class, () -> read(text)).problems();
  }

  /** A problem's place behind the folder, with its code. */
  private String place(Problem problem) {
    return problem.code() + " " + folder.relativize(Path.of(problem.where()));
  }

  private static String inList(String config) {
    return "model_config_list {\n" + config + "\n}";
  }

  @Test
  void models() throws IOException {
    assertThat(read(MODELS)).isEqualTo(READ);
    assertThat(read("model_config_list {}")).isEmpty();
  }

  /** Written by TensorFlow Serving's own classes. */
  @Test
  void messagesThatSayTheSame() throws InvalidProtocolBufferException, TextFormat.ParseException {
    ModelManagement.ReloadConfigRequest.Builder theirs =
        ModelManagement.ReloadConfigRequest.newBuilder();
    TextFormat.merge(MODELS, theirs.getConfigBuilder());
    assertThat(ReloadRequests.read(ReloadConfigRequest.parseFrom(theirs.build().toByteString())))
        .isEqualTo(READ);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_config_list { config { nme: 'a' name: 'a' base_path: '/a' } } | CONFIG_UNKNOWN_KEY | 1:30 | Did you mean \"name\"?",
        "model_config_list { config { name: 'a' logging_config { } base_path: '/a' } } | CONFIG_UNKNOWN_KEY | 1:40 | model_version_policy",
        "model_config_lst { } model_config_list { } | CONFIG_UNKNOWN_KEY | 1:1 | Did you mean \"model_config_list\"?",
        "model_config_list { config { name: 5 } } | CONFIG_SYNTAX | 1:36 | docs/serving.md",
        "model_config_list { config { name: 'a' | CONFIG_SYNTAX | 1:39 | docs/serving.md",
        "model_config_list { config { name: 'a' name: 'b' } } | CONFIG_SYNTAX | 1:44 | docs/serving.md",
        "- name: a | CONFIG_SYNTAX | 1:1 | docs/serving.md"
      },
      quoteCharacter = '~')
  void textThatIsNone(String text, ErrorCode code, String place, String remedy) {
    List<Problem> problems = problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(code);
    assertThat(problems.get(0).where()).endsWith("models.config:" + place);
    assertThat(problems.get(0).remedy()).contains(remedy);
  }

  @Test
  void whatIsWrongWithModelsIsSaidAtOnce() {
    List<Problem> problems =
        problems(
            inList(
                """
                config { base_path: "/a" prefetch: 5 }
                config { name: "a/b" base_path: "/a" }
                config { name: "a" }
                config { name: "a" base_path: "gs://bucket/a" model_platform: "pytorch" }
                config {
                  name: "c" base_path: "/c"
                  model_version_policy { specific { versions: 3 versions: -4 } }
                  version_labels { key: "x:y" value: -1 }
                }
                config { name: "d" base_path: "/d" model_version_policy { specific {} } }
                config { name: "e" base_path: "/e" model_version_policy { latest { num_versions: 4000000000 } } }
                config { name: "f" base_path: "/f" version_labels { key: "stable" } }
                config { name: "g" base_path: "/g" model_version_policy { specific { versions: 3 } }
                  version_labels { key: "stable" value: 4 } version_labels { key: "old" value: 3 } version_labels { key: "old" value: 3 } }
                config { name: "h" base_path: "/\\000" }
                """));
    assertThat(problems)
        .extracting(problem -> place(problem) + " " + problem.what())
        .containsExactly(
            "CONFIG_UNKNOWN_KEY models.config:2:26 There is no field \"prefetch\" here.",
            "CONFIG_MISSING_KEY models.config:2 A model needs a name.",
            "CONFIG_VALUE models.config:3 name: expected one without slashes and colons,"
                + " found \"a/b\".",
            "CONFIG_MISSING_KEY models.config:4 A model needs a base_path.",
            "CONFIG_VALUE models.config:5 name: expected each model once, found \"a\" again.",
            "CONFIG_VALUE models.config:5 model_platform: expected \"tensorflow\","
                + " found \"pytorch\".",
            "CONFIG_VALUE models.config:5 base_path: expected a folder of this machine,"
                + " found something else.",
            "CONFIG_VALUE models.config:6 specific.versions: expected at least 0, found -4.",
            "CONFIG_VALUE models.config:6 version_labels: expected labels without slashes and"
                + " colons, found \"x:y\".",
            "CONFIG_VALUE models.config:6 version_labels: expected a version of at least 0 for"
                + " \"x:y\", found -1.",
            "CONFIG_VALUE models.config:11 specific.versions: expected at least one, found none.",
            "CONFIG_VALUE models.config:12 latest.num_versions: expected at most 2147483647,"
                + " found 4000000000.",
            "CONFIG_MISSING_KEY models.config:13 version_labels: a label needs a version.",
            "CONFIG_VALUE models.config:14 version_labels: expected each label once,"
                + " found one again.",
            "CONFIG_VALUE models.config:14 version_labels: expected one of the versions [3] for"
                + " \"stable\", found 4.",
            "CONFIG_VALUE models.config:16 base_path: expected a folder of this machine,"
                + " found something else.");
  }

  @Test
  void messagesThatAreNone() throws TextFormat.ParseException {
    ReloadConfigRequest.Builder request = ReloadConfigRequest.newBuilder();
    TextFormat.merge(
        inList("config { name: 'a' base_path: '/secret\\000' } config { base_path: '/b' }"),
        request.getConfigBuilder());
    RequestException e =
        catchThrowableOfType(RequestException.class, () -> ReloadRequests.read(request.build()));
    assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
    assertThat(e)
        .hasMessageContaining("config.model_config_list.config[0]: base_path: expected a folder")
        .hasMessageContaining("config.model_config_list.config[1]: A model needs a name.");
    assertThat(e.getMessage()).doesNotContain("secret");
    assertThat(
            catchThrowableOfType(
                RequestException.class,
                () -> ReloadRequests.read(ReloadConfigRequest.getDefaultInstance())))
        .hasMessageStartingWith("config: Expected model_config_list, found none.");
  }

  @Test
  void filesThatAreNone() throws IOException {
    assertThat(problems(""))
        .extracting(Problem::code)
        .containsExactly(ErrorCode.CONFIG_MISSING_KEY);
    Path absent = folder.resolve("absent");
    assertThat(
            catchThrowableOfType(MtlException.class, () -> ModelConfigFile.read(absent))
                .problems()
                .get(0)
                .code())
        .isEqualTo(ErrorCode.FILE_MISSING);
    assertThat(
            catchThrowableOfType(MtlException.class, () -> ModelConfigFile.read(folder))
                .problems()
                .get(0)
                .code())
        .isEqualTo(ErrorCode.IO);
    Path latin = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xE4});
    assertThat(
            catchThrowableOfType(MtlException.class, () -> ModelConfigFile.read(latin))
                .problems()
                .get(0)
                .code())
        .isEqualTo(ErrorCode.CONFIG_SYNTAX);
  }
}
