/** What crosses from training to serving: the description beside a SavedModel. */
package org.mtl4j.core.manifest;
