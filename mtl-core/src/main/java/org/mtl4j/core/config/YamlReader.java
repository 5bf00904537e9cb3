package org.mtl4j.core.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads YAML into {@link ConfigNode}s from the parser's own tree, in which values are still as they
 * were typed.
 */
final class YamlReader {
  /** Aliases may repeat a part, but a file of this many values is a mistake or a bomb. */
  static final int MAX_NODES = 100_000;

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([^}]*)}");

  private final Function<String, String> environment;
  private final Problems problems;
  private final Function<Mark, Location> locator;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int nodes;

  /**
   * A reader.
   *
   * @param environment the value of a variable, null if it is not set
   * @param problems takes keys that stand twice and variables that are not set
   * @param locator where a mark is, in words for the user
   */
  YamlReader(
      Function<String, String> environment, Problems problems, Function<Mark, Location> locator) {
    this.environment = environment;
    this.problems = problems;
    this.locator = locator;
  }

  /**
   * The tree of a text, which is {@link ConfigNode.Null} for an empty one.
   *
   * @param path the path of the tree's root
   * @param start the location of the tree's root
   * @throws MtlException of code CONFIG_SYNTAX if it is not YAML
   */
  ConfigNode read(String text, String path, Location start) {
    LoaderOptions options = new LoaderOptions();
    options.setMergeOnCompose(true);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      return root == null ? new ConfigNode.Null(path, start) : node(root, path, start);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw syntax(mark == null ? start : locator.apply(mark), e.getProblem(), e);
    } catch (ReaderException e) {
      throw unprintable(text, start, e);
    } catch (YAMLException e) { // It says neither line nor column.
      throw unplaced(text, start, options, e);
    }
  }

  private MtlException unplaced(
      String text, Location start, LoaderOptions options, YAMLException cause) {
    Optional<Mark> tooDeep = tooDeep(text, options);
    if (tooDeep.isEmpty()) {
      return syntax(Location.of(start.source()), cause.getMessage(), cause);
    }
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_SYNTAX,
            locator.apply(tooDeep.get()).toString(),
            "Expected a value inside at most %d maps and lists, found one inside more."
                .formatted(options.getNestingDepthLimit()),
            "Close the brackets and braces before it, or look at the indentation."),
        cause);
  }

  /** Where the first value stands that is too deep, if there is one. */
  private static Optional<Mark> tooDeep(String text, LoaderOptions options) {
    int depth = 0;
    try {
      for (Event event : new Yaml(options).parse(new StringReader(text))) {
        boolean value = event instanceof CollectionStartEvent || event instanceof ScalarEvent;
        if (value && depth > options.getNestingDepthLimit()) {
          return Optional.of(event.getStartMark());
        }
        depth += event instanceof CollectionStartEvent ? 1 : 0;
        depth -= event instanceof CollectionEndEvent ? 1 : 0;
      }
    } catch (YAMLException e) {
      return Optional.empty(); // The text is too long, say: that was found already.
    }
    return Optional.empty();
  }

  private static MtlException syntax(Location location, String complaint, YAMLException cause) {
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_SYNTAX,
            location.toString(),
            "This is not YAML: " + complaint.strip().replaceAll("\\s+", " ") + ".",
            "Look at the indentation, the colons and the quotes there and on the line before."),
        cause);
  }

  /** A character that YAML does not allow: the file is no text. */
  private static MtlException unprintable(String text, Location start, ReaderException cause) {
    int line = 1;
    int column = 1;
    int character = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(character)) {
      character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        break;
      }
      line += character == '\n' ? 1 : 0;
      column = character == '\n' ? 1 : column + 1;
    }
    Location place = start.line() == 0 ? start : new Location(start.source(), line, column);
    return new MtlException(
        new Problem(
            ErrorCode.CONFIG_SYNTAX,
            place.toString(),
            "Expected text, found the character U+%04X.".formatted(character),
            "An experiment is a text file in UTF-8."),
        cause);
  }

  private ConfigNode node(Node node, String path, Location location) {
    if (++nodes > MAX_NODES || !open.add(node)) {
      throw new MtlException(
          Problem.of(
              ErrorCode.CONFIG_SYNTAX,
              ConfigNode.where(path, location),
              nodes > MAX_NODES
                  ? "There are more than " + MAX_NODES + " values, aliases counted at each use."
                  : "The alias stands inside what it repeats."));
    }
    checkTag(node, path, location);
    ConfigNode result;
    if (node instanceof MappingNode mapping) {
      result = mapping(mapping, path, location);
    } else if (node instanceof SequenceNode sequence) {
      result = sequence(sequence, path, location);
    } else {
      result = scalar((ScalarNode) node, path, location);
    }
    open.remove(node);
    return result;
  }

  private void checkTag(Node node, String path, Location location) {
    if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
      problems.add(
          ErrorCode.CONFIG_SYNTAX,
          ConfigNode.where(path, location),
          "Expected a value without a tag, found the tag " + node.getTag().getValue() + ".");
    }
  }

  private ConfigNode mapping(MappingNode mapping, String path, Location location) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      Location place = locator.apply(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(
            ErrorCode.CONFIG_SYNTAX,
            ConfigNode.where(path, place),
            "Expected a name as a key, found a list or a map.");
        continue;
      }
      String name = key.getValue();
      String child = path.isEmpty() ? name : path + "." + name;
      ConfigNode first = entries.putIfAbsent(name, node(tuple.getValueNode(), child, place));
      if (first != null) {
        problems.add(
            ErrorCode.CONFIG_SYNTAX,
            ConfigNode.where(child, place),
            "The key \"%s\" stands twice in one map; the first is at %s."
                .formatted(name, first.location()));
      }
    }
    return new ConfigNode.Mapping(path, location, entries);
  }

  private ConfigNode sequence(SequenceNode sequence, String path, Location location) {
    List<ConfigNode> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      String child = (path.isEmpty() ? "" : path + ".") + items.size();
      items.add(node(item, child, locator.apply(item.getStartMark())));
    }
    return new ConfigNode.Sequence(path, location, items);
  }

  private ConfigNode scalar(ScalarNode scalar, String path, Location location) {
    String text = scalar.getValue();
    boolean nothing = text.isEmpty() || text.equals("~") || text.equals("null");
    if (scalar.isPlain() && nothing) {
      return new ConfigNode.Null(path, location);
    }
    String expanded = expand(text, path, location);
    boolean quoted = !scalar.isPlain() || !expanded.equals(text);
    return new ConfigNode.Scalar(path, location, expanded, text, quoted);
  }

  private String expand(String text, String path, Location location) {
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (matcher.find()) {
      String value = environment.apply(matcher.group(1));
      if (value == null) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                ConfigNode.where(path, location),
                "The environment variable \"" + matcher.group(1) + "\" is not set.",
                "Set it before the start, or write the value in its place."));
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return matcher.appendTail(expanded).toString();
  }
}
