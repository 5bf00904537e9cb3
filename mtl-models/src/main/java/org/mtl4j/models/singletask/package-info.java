/** The baseline without sharing. */
package org.mtl4j.models.singletask;
