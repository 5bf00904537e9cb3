package org.mtl4j.cli.console;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Handlers of the operating system's signals. Java's only way to more than one of them is {@code
 * sun.misc.Signal}: a shutdown hook hears the first Ctrl-C and never the second. The class is
 * supported (module {@code jdk.unsupported}) but its use cannot be compiled without a warning, so
 * it is reached by reflection; a Java without it treats signals as it always does.
 */
final class Signals implements AutoCloseable {
  private static final List<String> TERMINATION = List.of("INT", "TERM");

  private final Map<Object, Object> before = new LinkedHashMap<>();

  private Signals() {}

  /**
   * Calls {@code action} at each Ctrl-C (SIGINT) and SIGTERM, on a thread of its own, until it is
   * closed. A signal that whoever started the process had it ignore stays ignored.
   */
  static Signals onTermination(Runnable action) {
    Signals signals = new Signals();
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              handlerType.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.getName().equals("hashCode")
                    ? (Object) System.identityHashCode(proxy)
                    : method.getName().equals("equals") ? proxy == arguments[0] : "Signals";
              });
      for (String name : TERMINATION) {
        Object signal = signalType().getConstructor(String.class).newInstance(name);
        signals.before.put(signal, handle(signal, handler));
      }
    } catch (ReflectiveOperationException e) {
      signals.close(); // No such class, or -Xrs keeps the signals from Java.
    }
    return signals;
  }

  private static Class<?> signalType() throws ClassNotFoundException {
    return Class.forName("sun.misc.Signal");
  }

  private static Object handle(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    Method handle = signalType().getMethod("handle", signalType(), handlerType);
    return handle.invoke(null, signal, handler);
  }

  /** Puts back the handlers that were there before. */
  @Override
  public void close() {
    before.forEach(
        (signal, handler) -> {
          try {
            handle(signal, handler);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a handler that was there cannot be put back", e);
          }
        });
    before.clear();
  }
}
