package org.mtl4j.core.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mtl4j.core.error.EncodingFault;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.NearestFile;
import org.mtl4j.core.error.Problem;

/**
 * A configuration file as it was typed, with the overrides of a command line. Immutable.
 *
 * <p>Anchors, aliases and merge keys are resolved; {@code ${env:X}} in a value is replaced by the
 * environment variable X. Whatever is wrong but leaves a tree to look at (a key that stands twice,
 * a variable that is not set) is kept, to be reported together with what {@link #bind} finds.
 */
public final class ConfigFile {
  private final ConfigNode.Mapping root;
  private final List<Problem> found;
  private final Function<String, String> environment;

  private ConfigFile(
      ConfigNode.Mapping root, List<Problem> found, Function<String, String> environment) {
    this.root = root;
    this.found = List.copyOf(found);
    this.environment = environment;
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws MtlException of code FILE_MISSING, IO, CONFIG_SYNTAX or, if it is no map, CONFIG_TYPE
   */
  public static ConfigFile read(Path path) {
    return read(path, System::getenv);
  }

  /**
   * As {@link #read(Path)}, where a variable that is not set stays as it was typed: for whoever
   * puts something else in its place, as files to predict stand in place of those of training.
   *
   * @throws MtlException as {@link #read(Path)} does
   */
  public static ConfigFile readLeniently(Path path) {
    return read(
        path,
        name -> {
          String value = System.getenv(name);
          return value == null ? "${env:" + name + "}" : value;
        });
  }

  private static ConfigFile read(Path path, Function<String, String> environment) {
    try {
      return parse(Files.readString(path), path.toString(), environment);
    } catch (NoSuchFileException e) {
      throw failure(
          ErrorCode.FILE_MISSING,
          path.toString(),
          "There is no such file.",
          NearestFile.hint(path, "Check the path."),
          e);
    } catch (CharacterCodingException e) {
      throw misencoded(path, e);
    } catch (IOException e) {
      if (Files.isDirectory(path)) {
        throw failure(
            ErrorCode.FILE_MISSING,
            path.toString(),
            "Expected a file, found a folder.",
            "Name the experiment file in it.",
            e);
      }
      throw failure(
          ErrorCode.IO,
          path.toString(),
          "The file cannot be read: " + e.getMessage() + ".",
          "Check that it is a file and that you may read it.",
          e);
    }
  }

  private static MtlException misencoded(Path path, IOException cause) {
    String where = path.toString();
    String found = "other bytes";
    try (InputStream bytes = Files.newInputStream(path)) {
      Optional<EncodingFault> fault = EncodingFault.find(bytes, StandardCharsets.UTF_8);
      where = fault.map(f -> f.in(path.toString())).orElse(where);
      found = fault.map(f -> "the bytes " + f.bytes()).orElse(found);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return failure(
        ErrorCode.CONFIG_SYNTAX,
        where,
        "Expected text in UTF-8, found " + found + ".",
        "Save the file in UTF-8.",
        cause);
  }

  private static MtlException failure(
      ErrorCode code, String where, String what, String remedy, IOException cause) {
    return new MtlException(new Problem(code, where, what, remedy), cause);
  }

  /**
   * Reads a text.
   *
   * @param name what messages call it
   * @throws MtlException of code CONFIG_SYNTAX if it is not YAML, CONFIG_TYPE if it is no map
   */
  public static ConfigFile parse(String text, String name) {
    return parse(text, name, System::getenv);
  }

  /** As {@link #parse(String, String)}, with an environment of one's own. */
  static ConfigFile parse(String text, String name, Function<String, String> environment) {
    Problems problems = new Problems();
    Location start = new Location(name, 1, 1);
    ConfigNode root =
        new YamlReader(
                environment,
                problems,
                mark -> new Location(name, mark.getLine() + 1, mark.getColumn() + 1))
            .read(text, "", start);
    if (root instanceof ConfigNode.Null) {
      root = new ConfigNode.Mapping("", start, Map.of());
    }
    if (root instanceof ConfigNode.Mapping map) {
      return new ConfigFile(map, problems.list(), environment);
    }
    problems.add(
        ErrorCode.CONFIG_TYPE, name, "Expected a map of keys, found " + root.describe() + ".");
    throw new MtlException(problems.list());
  }

  /** The whole file. */
  public ConfigNode.Mapping root() {
    return root;
  }

  /** A new collector, holding what was wrong with the file itself. */
  public Problems problems() {
    Problems problems = new Problems();
    problems.addAll(found);
    return problems;
  }

  /**
   * The same with one value replaced or added, as {@code --set tasks.income.loss_weight=2} asks.
   *
   * @param path keys joined by dots; the elements of a list go by their index from 0; maps that are
   *     not there are made
   * @param value the value in YAML: a number, text, {@code [64, 32]}, {@code {type: adam}}
   * @throws MtlException of code CONFIG_SYNTAX if path or value cannot be read, CONFIG_TYPE if the
   *     path leads through something that is no map or list, CONFIG_VALUE if a list has no such
   *     element
   */
  public ConfigFile withOverride(String path, String value) {
    Problems problems = problems();
    Location location = Location.of(path.isEmpty() ? "--set" : "--set " + path);
    ConfigNode node =
        new YamlReader(environment, problems, mark -> location).read(value, path, location);
    ConfigNode.Mapping changed = Replacement.of(node).applyTo(root);
    return new ConfigFile(changed, problems.list(), environment);
  }

  /**
   * The same with one value replaced or added, as {@link #withOverride} does, by one that was typed
   * in another file: what is wrong with it is said to be there.
   *
   * @param path keys joined by dots
   * @param value stands at any path
   * @throws MtlException as {@link #withOverride} does
   */
  public ConfigFile withValue(String path, ConfigNode value) {
    ConfigNode.Mapping changed = Replacement.of(value.movedTo(path)).applyTo(root);
    return new ConfigFile(changed, found, environment);
  }

  /**
   * Binds the whole file.
   *
   * @throws MtlException with everything that is wrong with the file
   */
  public <R> R bind(Class<R> type) {
    Problems problems = problems();
    Optional<R> bound = RecordBinder.bind(root, type, problems);
    problems.throwIfAny();
    return bound.orElseThrow();
  }
}
