"""What people say in the benchmarks' data: sentences of a working day, in French and in English."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Phrases:
    """The words of one language; `title` and `about` say how they are put together."""

    title: str
    about: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    sentences: tuple[str, ...]

    def typeset(self) -> "Phrases":
        """The same with the spaces that do not break, as HTML from the editor has them."""
        return replace(self, sentences=tuple(_unbroken(each, "&nbsp;") for each in self.sentences))


def _unbroken(text: str, space: str) -> str:
    for mark in "?!:;»":
        text = text.replace(f" {mark}", f"{space}{mark}")
    return text.replace("« ", f"«{space}")


FRENCH = Phrases(
    title="{subject}\u00a0: {object}",
    about="Ce qui se dit, se demande et se décide\u00a0: {topic}, {place}.",
    subjects=(
        "Planning de la semaine",
        "Retour de réunion",
        "Qui s’en est déjà servi",
        "Panne ce matin",
        "Proposition",
        "Une question",
        "Compte rendu de visite",
        "On cherche des volontaires",
        "Procédure mise à jour",
        "Ce qu’on a appris",
        "Changement d’horaires",
        "Petit guide",
        "Rappel avant l’audit",
        "Les chiffres du mois",
        "Bonne nouvelle",
        "Introuvable",
        "Comment faites-vous",
        "Merci pour le coup de main",
    ),
    objects=(
        "la ligne 3",
        "l’accueil du matin",
        "le quai de chargement",
        "les commandes en retard",
        "la salle Vercors",
        "le nouveau logiciel de paie",
        "les badges visiteurs",
        "l’étuve du fond",
        "la tournée du nord",
        "le stock de gants",
        "l’imprimante du deuxième",
        "les congés d’été",
        "la formation des arrivants",
        "le tri des déchets",
        "le contrat de maintenance",
        "les réclamations clients",
        "la machine à café",
        "le parking vélos",
        "les fiches de poste",
        "l’inventaire de décembre",
    ),
    sentences=(
        "Bonjour à toutes et à tous.",
        "Est-ce que quelqu’un a déjà eu ce problème ?",
        "De notre côté, on l’a vu deux fois cette semaine, toujours après la pause de midi.",
        "J’ai appelé le fournisseur : il passe jeudi avant dix heures.",
        "Merci, c’est exactement ce qu’il me fallait.",
        "Je préfère qu’on attende l’avis de l’équipe de nuit avant de changer quoi que ce soit.",
        "La fiche est au mur près du poste 4, mais elle date de deux ans.",
        "On a essayé avec l’ancien réglage, et ça tient depuis trois jours.",
        "Je ne suis pas d’accord : la dernière fois, c’est l’expédition qui a tout porté.",
        "Qui peut venir voir avec moi demain matin ?",
        "Attention, le numéro qui figure sur l’affiche n’est plus le bon.",
        "Voici ce qu’on a décidé ensemble mardi.",
        "Le client a confirmé ce matin, il attend la livraison pour le 12.",
        "Je peux montrer à qui veut, il faut compter un quart d’heure.",
        "Bien vu, je corrige tout de suite.",
        "C’est noté, on en reparle lundi au point de huit heures.",
        "Pour ma part, je trouve que le plus simple serait de demander aux personnes qui s’en servent.",
        "On perd vingt minutes par poste à cause de ça.",
        "La clé est à l’accueil, demandez à Farida.",
        "Depuis la mise à jour, l’écran reste blanc une fois sur trois.",
        "Il suffit de fermer la session et de recommencer, ce n’est pas glorieux mais ça marche.",
        "Je n’ai pas la réponse, mais Gilles du magasin doit savoir.",
        "Deux personnes se sont déjà proposées, il en faudrait une troisième pour le vendredi.",
        "Le devis est arrivé : 1 840 euros, pose comprise.",
        "C’est plus cher que prévu, mais on ne sera plus arrêtés en plein après-midi.",
        "Les nouvelles chaussures de sécurité sont arrivées, passez les essayer.",
        "Tout le monde n’a pas d’ordinateur, pensez à l’afficher aussi près de la pointeuse.",
        "J’ai mis les photos dans le dossier partagé.",
        "Le bruit vient du ventilateur, pas du moteur.",
        "On l’a démonté hier soir : le joint était mort.",
        "Est-ce que c’est prévu au planning ou est-ce qu’on se débrouille ?",
        "Je comprends l’idée, mais chez nous personne ne fait ces horaires-là.",
        "Pour mémoire, on avait dit la même chose en mars et rien n’a bougé.",
        "La direction a répondu : le budget est accordé pour le premier trimestre.",
        "Formidable, bravo à l’équipe !",
        "Je laisse la question ouverte jusqu’à jeudi.",
        "Quelqu’un aurait-il encore la notice en français ?",
        "Elle est en pièce jointe du mail de septembre, je la remets ici dès que je la retrouve.",
        "Trois palettes sont restées sous la pluie, il faut qu’on trouve mieux.",
        "Le tableau est à jour, vous pouvez corriger directement dedans.",
        "On garde cette façon de faire pendant un mois, puis on regarde ensemble ce que ça donne.",
        "Je serai absente mercredi ; Karim me remplace.",
        "Ce n’est pas à l’atelier de payer pour une erreur de commande.",
        "D’accord avec Nadia : mieux vaut une règle simple que tout le monde connaît.",
        "Chez les collègues du sud, ils ont un chariot spécial, je demande la référence.",
        "La réponse officielle est « bientôt », donc je reposerai la question vendredi.",
        "Ça fait du bien de lire ça, merci.",
        "Premier essai concluant : zéro défaut sur deux cents pièces.",
    ),
)

ENGLISH = Phrases(
    title="{subject}: {object}",
    about="What is said, asked and decided: {topic}, {place}.",
    subjects=(
        "Notes from the visit",
        "A question",
        "Has anybody tried this",
        "Proposal",
        "Down again this morning",
        "What we learnt",
        "Volunteers wanted",
        "How do you do it",
        "News",
        "Thanks for the help",
        "Change of plan",
        "Lost and found",
    ),
    objects=(
        "the night deliveries",
        "the new label printer",
        "customer returns",
        "the Leeds warehouse",
        "the training week",
        "spare parts",
        "the monthly figures",
        "visitor badges",
        "the loading bay",
        "our price list",
        "the forklift in bay 2",
        "holiday cover",
        "the quality audit",
        "the shared calendar",
    ),
    sentences=(
        "Morning all.",
        "We had the same thing last month and it turned out to be the cable.",
        "I rang them, and somebody will come round on Thursday.",
        "Could one of you show me tomorrow, before the first truck?",
        "Thanks, that is exactly what I was looking for.",
        "I would rather ask the people who use it every day.",
        "The form on the wall is two years old, please do not follow it.",
        "We tried the old setting and it has held for three days.",
        "I do not agree: last time it was the warehouse that paid for it.",
        "Here is what we settled on together on Tuesday.",
        "The customer confirmed this morning and expects it on the 12th.",
        "It takes a quarter of an hour, I can show whoever is interested.",
        "Well spotted, I am correcting it now.",
        "It costs us twenty minutes a shift.",
        "Since the update the screen stays blank one time in three.",
        "Close the session and start again: not pretty, but it works.",
        "I do not know, but Gareth in stores might.",
        "Two people have offered already, a third would help on Fridays.",
        "The quote came in at 1,600 pounds, fitting included.",
        "Not everybody has a computer here, so please put it on the board as well.",
        "The photos are in the shared folder.",
        "The noise is the fan, not the motor.",
        "Is this planned, or do we manage on our own?",
        "We said the same in March, and nothing moved.",
        "The budget has been granted for the first quarter.",
        "Brilliant, well done everybody!",
        "I am leaving this open until Thursday.",
        "Let us keep it for a month, and then look at it together.",
        "I am away on Wednesday; Priya covers for me.",
        "A simple rule that everybody knows beats a clever one.",
    ),
)

TOPICS = (
    "Qualité",
    "Maintenance",
    "Sécurité",
    "Logistique",
    "Achats",
    "Accueil des arrivants",
    "Vie au travail",
    "Petites annonces",
    "Informatique",
    "Ressources humaines",
    "Service clients",
    "Équipe de nuit",
    "Énergie et déchets",
    "Formation",
    "Expéditions",
    "Laboratoire",
    "Cantine",
    "Projets",
    "Comptabilité",
    "Veille",
)
PLACES = (
    "tous sites",
    "Vercors",
    "Chartreuse",
    "Atelier 1",
    "Atelier 2",
    "Siège",
    "Leeds",
    "Lyon",
    "Nantes",
    "Dépôt nord",
    "Dépôt sud",
    "Wrocław",
    "Grenoble",
    "Saint-Étienne",
    "Itinérants",
    "Bureau d’études",
    "Magasin",
    "Télétravail",
    "Alternance",
    "Été",
)
FIRST_NAMES = tuple(
    """
    Aïcha Adrien Agnès Alain Alice Aline Amina Anaïs Antoine Arthur Aurélie Baptiste Béatrice Benoît
    Camille Caroline Cédric Chantal Chloé Christophe Claire Corinne Daniel David Denis Diane Dominique
    Élodie Élise Emma Émilie Éric Estelle Fabrice Farida Fatou Florence François Gabriel Gaëlle Gareth
    Gilles Grégory Guillaume Hélène Hugo Inès Isabelle Jacek Jean Jérôme Joana Julie Karim Kevin Laure
    Leïla Léa Ludovic Lucas Magali Malik Manon Marc Margaux Maria Mathilde Mehdi Mélanie Michel Nadia
    Nathalie Nicolas Noé Olivier Oumar Pascal Patricia Paul Priya Rachid Raphaël Rémi Romain Salima Samuel
    Sandrine Sarah Sébastien Simon Sofia Sophie Stéphane Sylvie Thierry Thomas Valérie Vincent Yann
    Yasmine Zoé
    """.split()
)
LAST_NAMES = tuple(
    """
    Achard Allard Arnaud Aubert Bailly Barbier Belkacem Benali Bernard Berthier Blanc Bonnet Bouchet
    Bouvier Brun Carlier Chevalier Clément Colin Cordier Coste Delmas Denis Diallo Dubois Dumas
    Dupuy Durand Evans Fabre Faure Ferrand Fontaine Fournier Gaillard Garnier Gauthier Girard Gonzalez
    Granger Guérin Guichard Haddad Hamel Henry Hubert Huet Jacquet Jones Joubert Julien Kaya Keita
    Kowalski Lacroix Lambert Laurent Lebrun Leclerc Lefèvre Legrand Lemaire Leroy Lopez Maillard Marchand
    Marin Martin Masson Mercier Meunier Meyer Michaud Millet Monnier Moreau Morel Moulin Nguyen Nicolas
    Noël Nowak Olivier Parent Pascal Patel Perret Perrin Petit Philippe Picard Pierre Poirier Prévost
    Renard Renaud Rey Reynaud Richard Rivière Robin Roche Rousseau Roussel Roux Roy Sanchez Schmitt Simon
    Smith Tessier Thomas Traoré Vallet Vasseur Vidal Vincent Weber Zidane
    """.split()
)
TRADES = (
    "opérateur de ligne",
    "cariste",
    "technicienne de maintenance",
    "comptable",
    "acheteuse",
    "assistant de direction",
    "cheffe d’équipe",
    "contrôleur qualité",
    "développeuse",
    "chargée de formation",
    "magasinier",
    "commerciale",
    "conducteur de travaux",
    "ingénieure méthodes",
    "agent d’accueil",
    "warehouse lead",
    "sales engineer",
)
