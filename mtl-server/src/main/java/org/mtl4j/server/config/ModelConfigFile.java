package org.mtl4j.server.config;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TextFormatParseLocation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.NearestFile;
import org.mtl4j.core.error.Problem;
import org.mtl4j.protocol.serving.FileSystemStoragePathSourceConfig.ServableVersionPolicy;
import org.mtl4j.protocol.serving.ModelConfig;
import org.mtl4j.protocol.serving.ModelConfigList;
import org.mtl4j.protocol.serving.ModelServerConfig;

/**
 * The file of {@code --model_config_file}: which models are served, a {@code ModelServerConfig} of
 * TensorFlow Serving's as protobuf text. A base path is relative to the folder that the server was
 * started in.
 */
public final class ModelConfigFile {
  /** How protobuf lists fields that a message has not, after it has read all the others. */
  private static final Pattern UNKNOWN = Pattern.compile("(?m)^(\\d+:\\d+):\t([\\w.]+)\\.(\\w+)$");

  private static final List<Descriptor> MESSAGES =
      List.of(
          ModelServerConfig.getDescriptor(),
          ModelConfigList.getDescriptor(),
          ModelConfig.getDescriptor(),
          ServableVersionPolicy.getDescriptor(),
          ServableVersionPolicy.Latest.getDescriptor(),
          ServableVersionPolicy.Specific.getDescriptor());

  private ModelConfigFile() {}

  /**
   * Reads a file.
   *
   * @return the models in its order, none if its list is empty
   * @throws MtlException FILE_MISSING or IO if it cannot be read; CONFIG_SYNTAX if it is no such
   *     text; otherwise with all fields that nothing reads and all that is wrong with the models
   */
  public static List<ServedModel> read(Path file) {
    TextFormatParseInfoTree.Builder lines = TextFormatParseInfoTree.builder();
    ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
    List<Problem> problems = new ArrayList<>();
    try {
      parser(lines).merge(text(file), config);
    } catch (TextFormat.ParseException e) {
      UNKNOWN
          .matcher(e.getMessage())
          .results()
          .map(field -> unknown(file, field.group(1), field.group(2), field.group(3)))
          .forEach(problems::add);
      if (problems.isEmpty()) {
        throw new MtlException(syntax(file, e), e);
      }
    }
    List<ServedModel> models =
        new ModelConfigReader(new Lines(file, lines.build()), problems).read(config.build());
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return models;
  }

  private static TextFormat.Parser parser(TextFormatParseInfoTree.Builder lines) {
    return TextFormat.Parser.newBuilder()
        // A name given twice is a slip, and the last one would win unseen.
        .setSingularOverwritePolicy(
            TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
        .setParseInfoTreeBuilder(lines)
        .build();
  }

  private static String text(Path file) {
    String name = file.toString();
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.FILE_MISSING,
              name,
              "There is no such file.",
              NearestFile.hint(file, "Check the path.")),
          e);
    } catch (CharacterCodingException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.CONFIG_SYNTAX,
              name,
              "Expected text in UTF-8, found other bytes.",
              "Save the file in UTF-8."),
          e);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              name,
              "The file cannot be read: " + e.getMessage() + ".",
              "Check that it is a file and that you may read it."),
          e);
    }
  }

  private static Problem syntax(Path file, TextFormat.ParseException e) {
    return new Problem(
        ErrorCode.CONFIG_SYNTAX,
        "%s:%d:%d".formatted(file, e.getLine(), e.getColumn()),
        // The message begins with line and column, which stand in the place here.
        "Expected the text of a ModelServerConfig, found other text: "
            + e.getMessage().replaceFirst("^\\d+:\\d+: ", ""),
        "docs/serving.md has an example.");
  }

  private static Problem unknown(Path file, String place, String message, String field) {
    return new Problem(
        ErrorCode.CONFIG_UNKNOWN_KEY,
        file + ":" + place,
        "There is no field \"" + field + "\" here.",
        Nearest.hint(field, fields(message)));
  }

  private static List<String> fields(String message) {
    return MESSAGES.stream()
        .filter(known -> known.getFullName().equals(message))
        .flatMap(known -> known.getFields().stream())
        .map(FieldDescriptor::getName)
        .toList();
  }

  /** Places in the text. */
  private record Lines(Path file, TextFormatParseInfoTree tree) implements ConfigPlaces {
    private static final FieldDescriptor LIST =
        ModelServerConfig.getDescriptor().findFieldByName("model_config_list");
    private static final FieldDescriptor CONFIG =
        ModelConfigList.getDescriptor().findFieldByName("config");
    private static final FieldDescriptor LABELS =
        ModelConfig.getDescriptor().findFieldByName("version_labels");

    @Override
    public String all() {
      return file.toString();
    }

    @Override
    public String model(int index) {
      TextFormatParseLocation start = tree.getNestedTree(LIST, 0).getLocation(CONFIG, index);
      return file + ":" + (start.getLine() + 1);
    }

    @Override
    public Optional<List<Boolean>> labelsWithVersions(int index) {
      FieldDescriptor version = LABELS.getMessageType().findFieldByName("value");
      return Optional.of(
          tree.getNestedTree(LIST, 0).getNestedTree(CONFIG, index).getNestedTrees(LABELS).stream()
              .map(label -> !label.getLocations(version).isEmpty())
              .toList());
    }
  }
}
