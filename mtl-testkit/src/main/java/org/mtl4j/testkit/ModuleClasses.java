package org.mtl4j.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classes that were compiled together with one of them: those of a module, or its tests. So a
 * test can ask whether every implementation of an interface has its contract test, with no list to
 * forget one in.
 */
public final class ModuleClasses {
  private ModuleClasses() {}

  /**
   * Every class beside this one, in its jar or its folder, that begins with its package's root.
   *
   * @throws IllegalStateException if the classes cannot be found or loaded
   * @throws UncheckedIOException if they cannot be listed
   */
  public static List<Class<?>> beside(Class<?> anchor) {
    try {
      Path home = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(home)) {
        return below(home, anchor);
      }
      try (FileSystem jar =
          FileSystems.newFileSystem(URI.create("jar:" + home.toUri()), Map.of())) {
        return below(jar.getPath("/"), anchor);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The classes among them that can be made and are of a type. */
  public static <T> List<Class<? extends T>> implementations(Class<?> anchor, Class<T> type) {
    return beside(anchor).stream()
        .filter(c -> type.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers()))
        .<Class<? extends T>>map(c -> c.asSubclass(type))
        .toList();
  }

  private static List<Class<?>> below(Path root, Class<?> anchor) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .<Class<?>>map(name -> load(name, anchor.getClassLoader()))
          .toList();
    }
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name + " is compiled but cannot be loaded", e);
    }
  }
}
