package org.mtl4j.core.config;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes {@link ConfigNode}s as YAML for people: maps in blocks, lists of single values on one
 * line, quotes only around text that another reader would take for a number, a truth or nothing.
 */
final class YamlWriter {
  private static final Pattern LINE_BREAK = Pattern.compile("\\R");
  private static final Pattern NUMERIC = Pattern.compile("[-+]?\\.?[0-9]");

  private final Resolver resolver = new Resolver();

  private YamlWriter() {}

  /** The tree as YAML. */
  static String write(ConfigNode root) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(FlowStyle.BLOCK);
    options.setSplitLines(false);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(new YamlWriter().node(root), text);
    return text.toString();
  }

  private Node node(ConfigNode node) {
    if (node instanceof ConfigNode.Mapping map) {
      return mapping(map);
    }
    if (node instanceof ConfigNode.Sequence list) {
      return sequence(list);
    }
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.quoted() ? text(scalar.typed()) : asTyped(scalar.typed());
    }
    return new ScalarNode(Tag.NULL, "null", null, null, ScalarStyle.PLAIN);
  }

  private Node mapping(ConfigNode.Mapping map) {
    List<NodeTuple> entries = new ArrayList<>();
    for (Map.Entry<String, ConfigNode> entry : map.entries().entrySet()) {
      entries.add(new NodeTuple(text(entry.getKey()), node(entry.getValue())));
    }
    return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  private Node sequence(ConfigNode.Sequence list) {
    boolean flat = list.items().stream().allMatch(item -> item instanceof ConfigNode.Scalar);
    return new SequenceNode(
        Tag.SEQ,
        list.items().stream().map(this::node).toList(),
        flat ? FlowStyle.FLOW : FlowStyle.BLOCK);
  }

  // With the tag of text, the emitter quotes whatever YAML 1.1 resolves to anything else.
  private static Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, style(text));
  }

  private static ScalarStyle style(String text) {
    if (LINE_BREAK.matcher(text).find()) {
      // Left to itself, the emitter writes lines of text that no reader takes as they were.
      return ScalarStyle.DOUBLE_QUOTED;
    }
    // Readers of newer YAML know more numbers, such as 1e3.
    return NUMERIC.matcher(text).lookingAt() ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN;
  }

  private Node asTyped(String text) {
    if (LINE_BREAK.matcher(text).find()) {
      return text(text);
    }
    Tag tag = resolver.resolve(NodeId.scalar, text, true);
    return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
  }
}
